import 2tea
