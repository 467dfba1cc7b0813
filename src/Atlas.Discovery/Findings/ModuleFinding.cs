namespace Atlas.Discovery.Findings;

/// <summary>A source file that something was found in.</summary>
/// <param name="File">The file, relative to the project's root.</param>
/// <param name="Sha256">SHA-256 of its bytes, 64 lower-case hex digits.</param>
/// <param name="Language"><c>csharp</c>, <c>python</c>, <c>json</c> or <c>text</c>.</param>
public sealed record ModuleFinding(string File, string Sha256, string Language);
