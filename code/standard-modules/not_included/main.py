import requests

print("ready")
