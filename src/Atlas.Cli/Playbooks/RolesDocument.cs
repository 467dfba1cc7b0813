namespace Atlas.Cli.Playbooks;

/// <summary>The texts of a playbook, one per role.</summary>
internal sealed record RolesDocument(RoleDocument Student, RoleDocument Teacher);

/// <summary>The text for one role.</summary>
/// <param name="Text">What is injected; empty if there is nothing to say.</param>
/// <param name="Sha256">SHA-256 of it in UTF-8; null if there is nothing to say.</param>
internal sealed record RoleDocument(string Text, string? Sha256);
