"""The phone: its shell, its manifest and its service worker. What it sends and fetches goes through the API."""
