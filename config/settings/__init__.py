"""Django settings: ``base`` is shared; ``dev`` is one machine's own, ``prod`` an installation, ``test`` the suite."""
