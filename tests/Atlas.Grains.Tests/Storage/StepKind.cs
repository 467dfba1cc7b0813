namespace Atlas.Grains.Tests.Storage;

internal enum StepKind
{
    Read,
    Write,
    Clear,
}
