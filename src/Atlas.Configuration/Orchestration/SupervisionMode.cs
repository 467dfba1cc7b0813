namespace Atlas.Configuration.Orchestration;

/// <summary>How much the teacher takes part in a session.</summary>
public enum SupervisionMode
{
    /// <summary>Not at all.</summary>
    Auto,

    /// <summary>It reviews the plan and validates.</summary>
    Paired,

    /// <summary>It guides each step.</summary>
    Coach,
}
