namespace Sluice.Core.Sql;

/// <summary>An engine that is open for the statements of one task, one after another. For one thread; dispose it to free the engine.</summary>
public interface ISharedSqlEngine : ISqlEngine, IAsyncDisposable;
