namespace Atlas.Cli.Review;

/// <summary>What a reviewer decides on a session.</summary>
internal enum ReviewChoice
{
    Approve,
    Quarantine,
    Skip,
    Quit,
}
