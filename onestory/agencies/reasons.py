"""Why an administrator does something grave to an account. Codes: they go on the record."""

SHUT_OUT = {
    "left": "They have left",
    "away": "They are away for long",
    "misuse": "It may have been misused, and is being looked into",
    "mistake": "It was made by mistake",
}
LET_IN = {
    "back": "They are back",
    "cleared": "It was looked into, and nothing was found",
    "mistake": "They were shut out by mistake",
}
RESET = {
    "lost": "They have lost the device",
    "replaced": "They have a new device",
    "broken": "The device does not work any more",
    "stolen": "Somebody else may have it",
}
