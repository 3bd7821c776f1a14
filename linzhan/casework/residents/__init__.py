"""The resident's file (一人一案): what is known of a person besides the register of residents (OBJ-01 … OBJ-07)."""
