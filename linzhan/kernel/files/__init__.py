"""Photos and signatures that go with a row: small, without metadata, sealed, sent in pieces."""
