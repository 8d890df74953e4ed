"""Adds up the results that every Jest run wrote and fails on a skipped test without a reason, or on no test at all.

Usage: test-totals.py FOLDER, where each file is the JSON result of one Jest run.
"""

import json
import pathlib
import sys

REASON = " — skipped: "

passed = failed = skipped = 0
without_reason = []
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.json")):
    result = json.loads(path.read_text())
    for suite in result["testResults"]:
        if suite["status"] == "failed" and not suite["assertionResults"]:
            failed += 1
            print(f"{suite['name']}: the suite did not run")
        for test in suite["assertionResults"]:
            if test["status"] == "passed":
                passed += 1
            elif test["status"] == "failed":
                failed += 1
            else:
                skipped += 1
                if REASON not in test["fullName"]:
                    without_reason.append(f"{suite['name']}: {test['fullName']}")

for title in without_reason:
    print(f"skipped without a reason: {title}")
print(f"{passed} passed, {failed} failed, {skipped} skipped")
sys.exit(1 if failed or without_reason or passed == 0 else 0)
