namespace Atlas.Cli.Invocation;

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    /// <summary>Command lines that work as they stand.</summary>
    IReadOnlyList<string> Examples { get; }
}
