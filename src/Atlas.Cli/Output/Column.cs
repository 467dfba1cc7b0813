namespace Atlas.Cli.Output;

/// <summary>A column of a table.</summary>
internal sealed record Column(string Heading, bool IsNumber = false, bool Wraps = false);
