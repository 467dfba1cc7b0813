namespace Atlas.Discovery.Preflight;

/// <summary>One thing that was tried before the first run.</summary>
/// <param name="Name">What was checked: <c>configuration</c>, <c>key</c>, <c>model</c>, <c>endpoint</c>, <c>mcp_server</c>, <c>tool</c>.</param>
/// <param name="Subject">Which one of them.</param>
/// <param name="Verdict"><c>ok</c>, <c>failed</c>, or <c>skipped</c> where it could not be tried.</param>
/// <param name="Sentence">What came of it, and what to do about it.</param>
public sealed record PreflightCheck(string Name, string Subject, string Verdict, string Sentence);
