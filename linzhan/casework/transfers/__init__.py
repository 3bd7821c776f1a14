"""Who is responsible: assignment within a station, transfer between stations, handover of a caseload, leaving."""
