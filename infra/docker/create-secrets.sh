#!/bin/sh
# Creates every secret of docker-compose.yml that is not there yet, and touches none that is. With names of logins, also a
# password for each of these clients in Grafana: create-secrets.sh reader_01
# The folder is closed to other users; the files in it are readable, because containers run as users of their own and
# see the single files they are given.
set -eu
folder="$(dirname "$0")/secrets"
mkdir -p "$folder"
chmod 700 "$folder"
create() {
  if [ -s "$folder/$1" ]; then return; fi
  (umask 022; eval "$2" >"$folder/$1.new" && mv "$folder/$1.new" "$folder/$1")
  echo "created $folder/$1"
}
# Its name before every app had a login of its own.
if [ -s "$folder/database_password" ] && [ ! -e "$folder/postgres_password" ]; then
  mv "$folder/database_password" "$folder/postgres_password"
fi
for name in postgres_password ingest_database_password projector_database_password curator_database_password \
  api_database_password operator_database_password grafana_database_password grafana_admin_password grafana_secret_key; do
  create "$name" 'openssl rand -hex 24'
done
create master_key 'openssl rand -base64 32'
# Grafana is given this folder as it is, and reads it as a user of its own.
(umask 022; mkdir -p "$folder/grafana-clients")
for login in "$@"; do
  case "$login" in
    [!a-z_]* | *[!a-z0-9_]* | '') echo "$login is no login: small Latin letters, digits and _" >&2; exit 2 ;;
  esac
  create "grafana-clients/$login" 'openssl rand -hex 24'
done
# Leads nowhere until the address of a receiver of alerts is written into it.
create grafana_alert_webhook 'echo http://alerts.invalid/'
