namespace Atlas.Learning.Journal;

/// <summary>New versions are candidates from now on: they reach no prompt until one is promoted.</summary>
public sealed record KeyStaged : LearningKeyEvent
{
    /// <summary>The version that was current then.</summary>
    public required int Version { get; init; }

    /// <summary>Whether that version goes on being served; false if nothing reached the prompts anyway.</summary>
    public bool Serves { get; init; }

    public string? Reason { get; init; }
}
