namespace Atlas.Discovery.Preflight;

/// <summary>A check before the first run.</summary>
/// <param name="Name">What was checked: <c>configuration</c>, <c>key</c>, <c>model</c>, <c>endpoint</c>, <c>mcp_server</c>, <c>tool</c>.</param>
/// <param name="Subject">The item that was checked.</param>
/// <param name="Verdict"><c>ok</c>, <c>failed</c>, or <c>skipped</c> if it could not be checked.</param>
/// <param name="Sentence">The result, and what to do about it.</param>
public sealed record PreflightCheck(string Name, string Subject, string Verdict, string Sentence);
