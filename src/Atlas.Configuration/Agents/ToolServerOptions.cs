using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;

namespace Atlas.Configuration.Agents;

/// <summary>An MCP server whose tools the agent can use: either a program to start or an address to connect to.</summary>
public sealed record ToolServerOptions
{
    /// <summary>The server's name in messages, unique among the servers.</summary>
    [Required]
    public required string Name { get; init; }

    /// <summary>The program to start. It speaks MCP over standard input and output. Set either this or <c>url</c>.</summary>
    /// <value>The default is none.</value>
    public string? Command { get; init; }

    /// <summary>The program's command-line arguments.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>The program's working directory.</summary>
    /// <value>The default is none: that of this process.</value>
    public string? WorkingDirectory { get; init; }

    /// <summary>Environment variables for the program. Their values are never shown.</summary>
    /// <value>The default is none: the program gets PATH, HOME and their like, but no keys of this process.</value>
    public ImmutableSortedDictionary<string, string> Environment { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Names of this process's environment variables to pass on to the program, such as the one with its API key.</summary>
    /// <value>The default is none.</value>
    public ImmutableArray<string> PassEnvironment { get; init; } = [];

    /// <summary>The address of a server that speaks MCP over HTTP. Set either this or <c>command</c>.</summary>
    /// <value>The default is none.</value>
    [RegularExpression(@"^https?://\S+$", ErrorMessage = "must be an absolute http or https address")]
    public string? Url { get; init; }

    /// <summary>Headers sent to <c>url</c>. Their values are never shown.</summary>
    /// <value>The default is none.</value>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The environment variable with the token for <c>url</c>, sent as <c>Authorization: Bearer</c>.</summary>
    /// <value>The default is none.</value>
    public string? TokenEnv { get; init; }

    /// <summary>The names of the tools to use, if the server offers more than you want.</summary>
    /// <value>The default is none named: all that it has.</value>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Time limit, in seconds, for connecting and for each tool call.</summary>
    /// <value>The default is 60.0.</value>
    [Range(0.1d, 86400d)]
    public double TimeoutSeconds { get; init; } = 60.0;

    /// <summary>Name and place, without a password that may stand in an address.</summary>
    public override string ToString() => $"{Name} ({Command ?? Checking.Secrets.MaskUrl(Url ?? "")})";
}
