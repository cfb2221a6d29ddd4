from time import sleeep

sleeep(1)
