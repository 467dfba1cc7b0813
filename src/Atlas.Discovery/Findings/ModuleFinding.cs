namespace Atlas.Discovery.Findings;

/// <summary>A source file with findings.</summary>
/// <param name="File">The file, relative to the project's root.</param>
/// <param name="Sha256">The SHA-256 hash of its bytes, as 64 lowercase hex digits.</param>
/// <param name="Language"><c>csharp</c>, <c>python</c>, <c>json</c> or <c>text</c>.</param>
public sealed record ModuleFinding(string File, string Sha256, string Language);
