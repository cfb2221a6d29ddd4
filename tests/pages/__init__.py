"""The HTML as readers get it: from the files, in Chromium, by keyboard, by search."""
