"""What `make` calls: a module for each verb or family of verbs, run as a program."""
