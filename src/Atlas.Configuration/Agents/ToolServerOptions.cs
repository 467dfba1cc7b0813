using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Agents;

/// <summary>An MCP server whose tools the agent may use: a program that is started, or an address.</summary>
public sealed record ToolServerOptions
{
    /// <summary>The server's name, for messages; no two servers share one.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>The program to start; it speaks the protocol on its standard input and output. Either this or <c>url</c>.</summary>
    /// <value>The default is none.</value>
    public string? Command { get; init; }

    /// <summary>What the program is started with.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The folder the program works in.</summary>
    /// <value>The default is none: that of this process.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables of the program. Their values are never shown.</summary>
    /// <value>The default is none: the program gets PATH, HOME and their like, but no keys of this process.</value>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Names of variables of this process that the program gets too, say the one with its key.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    /// <summary>The address of a server that speaks the protocol over HTTP. Either this or <c>command</c>.</summary>
    /// <value>The default is none.</value>
    [RegularExpression(@"^https?://\S+$", ErrorMessage = "must be an absolute http or https address")]
    public string? Url { get; init; }

    /// <summary>Headers sent to <c>url</c>. Their values are never shown.</summary>
    /// <value>The default is none.</value>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The variable that holds the token for <c>url</c>, sent as <c>Authorization: Bearer</c>.</summary>
    /// <value>The default is none.</value>
    public string? TokenEnv { get; init; }

    /// <summary>The tools that are used, by name; the server may have others.</summary>
    /// <value>The default is none named: all that it has.</value>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Seconds that connecting may take, and each call of a tool.</summary>
    /// <value>The default is 60.0.</value>
    [Range(0.1d, 86400d)]
    public double TimeoutSeconds { get; init; } = 60.0;

    /// <summary>Name and place, without a password that may stand in an address.</summary>
    public override string ToString() => $"{Name} ({Command ?? Checking.Secrets.MaskUrl(Url ?? "")})";
}
