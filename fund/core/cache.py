"""The shared cache fails open: what is cached can be computed again, so a dead Redis slows pages but breaks none."""

import time

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

SILENCE = 30.0
MISSING = object()


class FailOpenRedisCache(RedisCache):
    """Answers "not there" while Redis is away and asks it again after half a minute."""

    _silent_until = 0.0

    def _try(self, otherwise, act, *args, **kwargs):
        cls = type(self)
        if time.monotonic() < cls._silent_until:
            return otherwise
        try:
            return act(*args, **kwargs)
        except (RedisError, OSError):
            cls._silent_until = time.monotonic() + SILENCE
            return otherwise

    def add(self, key, *args, **kwargs):
        return self._try(True, super().add, key, *args, **kwargs)

    def get(self, key, default=None, version=None):
        return self._try(default, super().get, key, default, version)

    def set(self, key, *args, **kwargs):
        return self._try(None, super().set, key, *args, **kwargs)

    def touch(self, key, *args, **kwargs):
        return self._try(False, super().touch, key, *args, **kwargs)

    def delete(self, key, version=None):
        return self._try(False, super().delete, key, version)

    def get_many(self, keys, version=None):
        return self._try({}, super().get_many, keys, version)

    def set_many(self, data, *args, **kwargs):
        return self._try([], super().set_many, data, *args, **kwargs)

    def delete_many(self, keys, version=None):
        return self._try(None, super().delete_many, keys, version)

    def has_key(self, key, version=None):
        return self._try(False, super().has_key, key, version)

    def incr(self, key, delta=1, version=None):
        return self._try(delta, super().incr, key, delta, version)

    def clear(self):
        return self._try(None, super().clear)
