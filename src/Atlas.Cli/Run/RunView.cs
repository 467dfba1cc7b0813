namespace Atlas.Cli.Run;

/// <summary>How a run is shown.</summary>
internal enum RunView
{
    /// <summary>What happens on standard error where somebody watches, the result as text.</summary>
    Text,

    /// <summary>The answer only.</summary>
    Quiet,

    /// <summary>One JSON document at the end.</summary>
    Json,

    /// <summary>One line of JSON per event, and one for the result.</summary>
    JsonLines,
}
