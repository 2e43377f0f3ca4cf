"""Services that survivors were offered and did not want."""
