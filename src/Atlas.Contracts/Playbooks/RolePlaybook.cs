namespace Atlas.Contracts.Playbooks;

/// <summary>One role's part of a playbook.</summary>
/// <param name="Text">The text that is injected, trimmed to the configured limit.</param>
/// <param name="Sha256">SHA-256 of that text in UTF-8, 64 lower-case hex digits.</param>
/// <param name="Block">The text between its delimiters, as it goes into a prompt.</param>
[GenerateSerializer, Immutable, Alias("atlas.role-playbook")]
public sealed record RolePlaybook(
    [property: Id(0)] string Text,
    [property: Id(1)] string Sha256,
    [property: Id(2)] string Block);
