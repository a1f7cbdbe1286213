"""What an office decided: its own rules, contacts it publishes, rules it does not use."""

from reviewer.policy.file import DEFAULT, Policy, find_policy, load_policy, mask_sections, signoff_sections

__all__ = ["DEFAULT", "Policy", "find_policy", "load_policy", "mask_sections", "signoff_sections"]
