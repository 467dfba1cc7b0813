namespace Atlas.Cli.Doctor;

/// <summary>Checks one thing that Atlas needs.</summary>
internal interface ICheck
{
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation);
}
