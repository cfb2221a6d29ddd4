import json
import urllib

print(json.decoder.__name__)
print(urllib.request.__name__)
