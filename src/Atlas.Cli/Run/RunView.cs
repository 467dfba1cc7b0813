namespace Atlas.Cli.Run;

/// <summary>The output of a run.</summary>
internal enum RunView
{
    /// <summary>Progress on standard error if somebody is watching, the result as text.</summary>
    Text,

    /// <summary>Only the answer.</summary>
    Quiet,

    /// <summary>One JSON document at the end.</summary>
    Json,

    /// <summary>One line of JSON per event, and one for the result.</summary>
    JsonLines,
}
