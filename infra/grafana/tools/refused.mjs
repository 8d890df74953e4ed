/** What cannot be done, as a sentence for whoever runs the command. */
export class Refused extends Error {}
