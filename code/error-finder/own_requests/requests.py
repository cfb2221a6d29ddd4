import requests

page = requests.get("https://example.com")
print(page.text)
