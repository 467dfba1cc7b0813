using System.Collections.Immutable;

namespace Atlas.Discovery.Findings;

/// <summary>An MCP server that is used or provided.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Transport"><c>stdio</c>, <c>http</c>, or <c>provided</c> if this project is the server.</param>
/// <param name="Command">The program of a stdio server.</param>
/// <param name="Arguments">The program's arguments.</param>
/// <param name="Address">The address of an HTTP server.</param>
/// <param name="At">The location.</param>
public sealed record McpServerFinding(
    string Name, string Transport, string? Command, ImmutableArray<string> Arguments, string? Address, SourceLocation At);
