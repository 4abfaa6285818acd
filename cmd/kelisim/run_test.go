package main

// What the tests outside the package drive: a subcommand in this process, as main runs it, and a log that may be read meanwhile.
var Run = run

type Logged = logged
