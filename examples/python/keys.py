from jax import random

key = random.key(42)
print(random.uniform(key))
print(random.uniform(key))  # the same key gives the same number

key, subkey = random.split(key)
print(random.uniform(subkey))
key, subkey = random.split(key)
print(random.uniform(subkey, (3,)))
