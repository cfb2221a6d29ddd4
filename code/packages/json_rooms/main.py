import json

print(json.decoder.__name__)
print(json.tool.__name__)
