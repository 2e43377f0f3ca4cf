"""Questions put to survivors: how many, and how many they had answered before."""
