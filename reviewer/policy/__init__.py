"""What an office decided: its own rules, contacts it publishes, rules it does not use, how long approvals hold."""

from reviewer.policy.file import DEFAULT, Policy, find_policy, load_policy

__all__ = ["DEFAULT", "Policy", "find_policy", "load_policy"]
