namespace Atlas.Cli.Doctor;

/// <summary>Looks at one thing that Atlas needs.</summary>
internal interface ICheck
{
    Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation);
}
