namespace Atlas.Configuration.Proxying;

/// <summary>What happens to a call that names no session.</summary>
public enum UnknownSession
{
    /// <summary>It is a session of its own.</summary>
    Call,

    /// <summary>It gets the playbook and is not recorded.</summary>
    None,
}
