namespace Atlas.Runtime.Recording;

/// <summary>The actors of a session.</summary>
internal static class Actors
{
    public const string Student = "student";
    public const string Teacher = "teacher";
    public const string Probe = "probe";
    public const string Runtime = "runtime";
}
