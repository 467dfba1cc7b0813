namespace Atlas.Cli.Review;

/// <summary>The decision of a reviewer on a session.</summary>
internal enum ReviewChoice
{
    Approve,
    Quarantine,
    Skip,
    Quit,
}
