namespace Atlas.Cluster.Histories;

/// <summary>The calls that read or move the head of a playbook.</summary>
internal enum HeadCall
{
    Resolve,
    Import,
    Rollback,
}
