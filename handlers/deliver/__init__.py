"""What happens when something is to be said: the outbox goes out, one delivery loop a channel."""

from handlers.deliver.loop import Deliverer
from handlers.deliver.pace import Pace
from handlers.deliver.settle import Hooks, recover

__all__ = ["Deliverer", "Hooks", "Pace", "recover"]
