namespace Atlas.Cli.Invocation;

/// <summary>A command whose help ends with examples.</summary>
internal interface IHasExamples
{
    /// <summary>Gets command lines that work as written.</summary>
    IReadOnlyList<string> Examples { get; }
}
