namespace Atlas.Learning.Injection;

/// <summary>A playbook text ready for a prompt.</summary>
/// <param name="Text">What is injected: stripped, not longer than the limit.</param>
/// <param name="Sha256">SHA-256 of <paramref name="Text"/> in UTF-8, 64 lower-case hex digits.</param>
/// <param name="Block">The text between its delimiters.</param>
public sealed record RenderedPlaybook(string Text, string Sha256, string Block);
